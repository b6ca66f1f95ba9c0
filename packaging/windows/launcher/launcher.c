/* The door of the program on Windows: looks whether this Windows is new enough, chooses the version to start
 * (decide.h) and runs its Python in this very process, so that icon, task bar and lock are this file's.
 * Compiled twice: with -DCONSOLE as tuopin.exe for the command line, without as the window's. */
#define WIN32_LEAN_AND_MEAN
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#include "decide.h"
#include "program.h" /* TITLE and OLDEST_BUILD, written by the build from one declaration */

enum { LONGEST = 32768 }; /* characters of a path */
#define REINSTALL L"请用安装包重新安装；数据不在这里，没有受影响。"

int _dowildcard = 0; /* a star stays a star: what it means is for the program to say */
static wchar_t base[LONGEST]; /* the folder of this file, without a backslash at its end */

/* Say a sentence where it is seen: in a box, or on the console. */
static void say(const wchar_t *sentence) {
#ifdef CONSOLE
    DWORD mode, written;
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    if (GetConsoleMode(out, &mode)) {
        WriteConsoleW(out, sentence, (DWORD)wcslen(sentence), &written, NULL);
        WriteConsoleW(out, L"\r\n", 2, &written, NULL);
    } else {
        static char bytes[4096];
        int size = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, bytes, sizeof bytes - 2, NULL, NULL);
        if (size > 0) {
            bytes[size - 1] = '\n';
            WriteFile(out, bytes, (DWORD)size, &written, NULL);
        }
    }
#else
    MessageBoxW(NULL, sentence, TITLE, MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#endif
}

/* Windows tells a program that does not name it in its manifest less than the truth; RtlGetVersion never does. */
static int is_too_old(void) {
    typedef LONG(WINAPI * Ask)(OSVERSIONINFOW *);
    OSVERSIONINFOW answer;
    Ask ask = (Ask)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion");
    memset(&answer, 0, sizeof answer);
    answer.dwOSVersionInfoSize = sizeof answer;
    if (!ask || ask(&answer) != 0) return 0;
    return answer.dwMajorVersion < 10 || (answer.dwMajorVersion == 10 && answer.dwBuildNumber < OLDEST_BUILD);
}

static int find_base(void) {
    DWORD length = GetModuleFileNameW(NULL, base, LONGEST);
    wchar_t *last = length && length < LONGEST ? wcsrchr(base, L'\\') : NULL;
    if (last) *last = 0;
    return last != NULL;
}

/* A path below the base; the caller frees it. */
static wchar_t *below(const wchar_t *format, const char *version) {
    size_t size = wcslen(base) + wcslen(format) + strlen(version) + 2;
    wchar_t *path = malloc(size * sizeof *path);
    wchar_t wide[VERSION_SIZE];
    int length;
    if (!path) exit(1);
    for (length = 0; version[length]; length++) wide[length] = (wchar_t)version[length];
    wide[length] = 0;
    wcscpy(path, base);
    wcscat(path, L"\\");
    for (wchar_t *to = path + wcslen(path); (*to = *format); format++) {
        if (*format == L'?') {
            wcscpy(to, wide);
            to += length;
        } else {
            to++;
        }
    }
    return path;
}

static int is_there(const wchar_t *format, const char *version) {
    wchar_t *path = below(format, version);
    DWORD attributes = GetFileAttributesW(path);
    free(path);
    return attributes != INVALID_FILE_ATTRIBUTES;
}

/* ------------------------------------------------------------ versions and their state */

/* The path of a version's own Python, python3NN.dll; NULL without one. The caller frees it. */
static wchar_t *library_of(const char *version) {
    WIN32_FIND_DATAW entry;
    wchar_t *path = below(L"versions\\?\\python\\python3NN.dll", version), *last = wcsrchr(path, L'\\') + 1;
    HANDLE search;
    int hit = 0;
    wcscpy(last, L"python3*.dll");
    search = FindFirstFileW(path, &entry);
    if (search != INVALID_HANDLE_VALUE) {
        do {
            hit = wcslen(entry.cFileName) == wcslen(L"python313.dll"); /* python3.dll only hands on */
        } while (!hit && FindNextFileW(search, &entry));
        FindClose(search);
    }
    if (hit) {
        wcscpy(last, entry.cFileName);
        return path;
    }
    free(path);
    return NULL;
}

/* A version that is being unpacked or taken away has another name; one whose parts a scanner took is not whole. */
static int is_complete(const char *version) {
    wchar_t *library = library_of(version);
    int has_python = library != NULL;
    free(library);
    return has_python && is_there(L"versions\\?\\app\\tuopin_desktop\\__main__.py", version) &&
           is_there(L"versions\\?\\lib\\PySide6\\__init__.py", version);
}

static Whole list_versions(void) {
    Whole whole;
    WIN32_FIND_DATAW entry;
    wchar_t *pattern = below(L"versions\\*", "");
    HANDLE search = FindFirstFileW(pattern, &entry);
    whole.count = 0;
    free(pattern);
    if (search == INVALID_HANDLE_VALUE) return whole;
    do {
        Version name = "";
        size_t length = wcslen(entry.cFileName);
        for (size_t i = 0; length < VERSION_SIZE && i < length; i++)
            name[i] = entry.cFileName[i] < 128 ? (char)entry.cFileName[i] : 'x';
        if (is_version(name) && whole.count < MOST_VERSIONS && is_complete(name)) put(whole.names[whole.count++], name);
    } while (FindNextFileW(search, &entry));
    FindClose(search);
    return whole;
}

/* False where it is there and cannot be read. A scanner may hold the file for moments: a second of tries. */
static int read_state(State *state) {
    static char text[4096];
    const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    DWORD size = 0;
    wchar_t *path = below(L"versions\\state", "");
    int fine = 0;
    for (int tries = 20; !fine && tries; tries--) {
        HANDLE file = CreateFileW(path, GENERIC_READ, share, NULL, OPEN_EXISTING, 0, NULL);
        if (file != INVALID_HANDLE_VALUE) {
            fine = ReadFile(file, text, sizeof text - 1, &size, NULL);
            CloseHandle(file);
        } else if (GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND) {
            fine = 1;
        }
        if (!fine) Sleep(50);
    }
    free(path);
    text[fine ? size : 0] = 0;
    *state = read_text(text);
    return fine;
}

static int write_all(HANDLE file, const char *text) {
    DWORD written;
    int fine = WriteFile(file, text, (DWORD)strlen(text), &written, NULL) && written == strlen(text);
    fine = FlushFileBuffers(file) && fine;
    return CloseHandle(file) && fine;
}

/* Replace the state: the old one or the new, never half. A scanner may hold the file for moments: a second of tries. */
static int write_state(State *state) {
    char text[FIELDS * (VERSION_SIZE + 16)] = "";
    wchar_t *part = below(L"versions\\state.part", ""), *path = below(L"versions\\state", "");
    HANDLE file = CreateFileW(part, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    int fine = file != INVALID_HANDLE_VALUE;
    for (int i = 0; i < FIELDS; i++) sprintf(text + strlen(text), "%s=%s\n", FIELD_NAMES[i], field_of(state, i));
    fine = fine && write_all(file, text);
    for (int tries = 20; fine && !MoveFileExW(part, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);) {
        fine = --tries > 0;
        Sleep(50);
    }
    free(part);
    free(path);
    return fine;
}

/* The lock of a plain start: open as long as this process lives. False while another has it, or nothing can be written. */
static int grab(void) {
    wchar_t *path = below(L"versions\\launch.lock", "");
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, 0, NULL);
    free(path);
    return file != INVALID_HANDLE_VALUE;
}

/* `trial` is the version whose trial this very start has written down: only its process may let it begin anew. */
static void choose(int plain, Version start, Version trial) {
    State state, after;
    int may_change = plain && grab(); /* first: whoever had it may have changed what is read */
    Whole whole = list_versions();
    /* A state that cannot be read may name what is not the highest: something starts, and nothing is written. */
    if (!read_state(&state) || !may_change) {
        put(start, standing(&state, &whole));
        return;
    }
    decide(&state, &whole, start, &after);
    /* A swap that cannot be noted could not be taken back; going back must not wait for a disk. */
    if (memcmp(&state, &after, sizeof state) == 0) return;
    if (write_state(&after))
        put(trial, after.trial);
    else if (*after.trial)
        put(start, standing(&state, &whole));
}

/* Tell the program which trial is its own, and take away what a program that started this one left there. Through the
 * C library, which tells Windows too: Python reads whichever of the two it shares with this file. */
static int tell_trial(const char *trial) {
    wchar_t line[VERSION_SIZE + 16] = L"TUOPIN_TRIAL=";
    size_t length = wcslen(line);
    while ((line[length++] = (wchar_t)*trial)) trial++;
    return _wputenv(line) == 0;
}

/* ------------------------------------------------------------ Python */

/* Run the version's Python with what was typed; its end is the end of this process. */
static int run(const char *version, int argc, wchar_t **argv) {
    typedef int (*Main)(int, wchar_t **);
    wchar_t *folder = below(L"versions\\?\\python", version);
    wchar_t *library = library_of(version);
    wchar_t **words = calloc((size_t)argc + 4, sizeof *words);
    HMODULE python;
    Main main_of_python;
    if (!words || !library) return 1;
    /* The C++ runtime lies beside Python once, for every compiled part of the packages. */
    AddDllDirectory(folder);
    python = LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    main_of_python = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!main_of_python) {
        say(L"程序打不开：它的一个组件缺失或被杀毒软件拦截。" REINSTALL);
        return 1;
    }
    words[0] = argv[0];
    words[1] = L"-B";
    words[2] = L"-m";
    words[3] = L"tuopin_desktop";
    for (int i = 1; i < argc; i++) words[i + 3] = argv[i];
    return main_of_python(argc + 3, words);
}

static int launch(int argc, wchar_t **argv) {
    Version start = "", trial = "";
#ifdef CONSOLE
    int plain = 0;
#else
    int plain = argc == 1;
#endif
    if (is_too_old()) {
        say(TOO_OLD);
        return 1;
    }
    SetDllDirectoryW(L""); /* nothing is loaded from where the clerk happens to stand */
    if (find_base()) choose(plain, start, trial);
    tell_trial(trial); /* where it fails, a trial cannot begin anew: it then goes back, which is safe */
    if (!*start) {
        say(L"没有找到可以打开的程序文件，可能被误删或被杀毒软件拦截。" REINSTALL);
        return 1;
    }
    return run(start, argc, argv);
}

#ifdef CONSOLE
int wmain(int argc, wchar_t **argv) {
    return launch(argc, argv);
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show) {
    (void)instance, (void)before, (void)line, (void)show;
    return launch(__argc, __wargv);
}
#endif
