"""The formats that tables come in: CSV, xlsx, Parquet as text cells with row numbers; never says what a cell means."""
