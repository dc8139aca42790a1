"""NemRefusion, the Danish municipalities' door for refund reports: its messages, client and twin; decides nothing for the house."""
