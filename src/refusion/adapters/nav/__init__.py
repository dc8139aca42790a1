"""NAV, which refunds Norwegian employers: reads its settlement report and can write one; never books, never fetches by itself."""
