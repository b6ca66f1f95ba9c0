"""What the lists of the window share beyond the widget: paper, workbooks, rows and files from outside."""
