"""What payroll told us: employments, pay and spells of absence, each as versions; never what follows from them in law."""
