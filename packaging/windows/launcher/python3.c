/* Modules for every Python 3 load python3.dll, which hands each name on to the one that runs (python3.def). */
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved) {
    (void)instance, (void)reason, (void)reserved;
    return TRUE;
}
