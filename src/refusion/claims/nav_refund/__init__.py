"""What a Norwegian employer expects of NAV for a leave, month by month, and the notice that asks for it; never what came."""
