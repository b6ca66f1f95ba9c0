"""Every record by its one declaration: list, form, save, files, and how it is called in words."""
