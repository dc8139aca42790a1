"""SAP, the payroll of Norwegian employers, and the accounting system behind it: files in and out; calls nothing, books nothing."""
