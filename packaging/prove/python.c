/* A bare python.exe for the test suite: the installed program brings the interpreter as a library only. */
#include <wchar.h>
extern int Py_Main(int argc, wchar_t **argv);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
