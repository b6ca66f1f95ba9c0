/* A library laid before the system's own (LD_PRELOAD): one chosen call on a file below a folder fails, once or ever after.
 *
 * Calls are counted by kind of fault: only those that this fault can happen to. A test arms it, works, and asks whether
 * the fault came. It is built by the test itself and is no part of the program. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { READ = 1, WRITE = 2, OPEN = 4, MAKE = 8, SYNC = 16, CUT = 32, RENAME = 64, UNLINK = 128, LINK = 256, MAP = 512 };
enum { FULL, IO, DENIED, READONLY, SHORT_WRITE, SHORT_READ, INTERRUPTED, POWER, TORN };
#define CHANGING (WRITE | MAKE | SYNC | CUT | RENAME | UNLINK | LINK)

static const int applies[] = {
    [FULL] = WRITE | MAKE | SYNC | CUT | RENAME | LINK,
    [IO] = READ | WRITE | OPEN | MAKE | SYNC | CUT | RENAME | UNLINK | LINK | MAP,
    [DENIED] = OPEN | MAKE | RENAME | UNLINK | LINK,
    [READONLY] = WRITE | MAKE | CUT | RENAME | UNLINK | LINK,
    [SHORT_WRITE] = WRITE,
    [SHORT_READ] = READ,
    [INTERRUPTED] = READ | WRITE | OPEN | MAKE | SYNC | CUT,
    [POWER] = CHANGING,
    [TORN] = CHANGING,
};
static const int errors[] = { ENOSPC, EIO, EACCES, EROFS, 0, 0, EINTR, 0, 0 };

static char root[PATH_MAX];
static int kind = -1, lasting, fired, what;
static long nth, seen;

void fault_arm(const char *folder, int which, long number, int persistent)
{
    strncpy(root, folder, sizeof root - 1);
    kind = which, nth = number, lasting = persistent, seen = 0, fired = 0;
}

int fault_disarm(void)
{
    kind = -1;
    return fired;
}

/* Which call it was: one of the bits above. */
int fault_what(void) { return what; }

static int below(const char *path)
{
    size_t length = strlen(root);
    return path && length && !strncmp(path, root, length);
}

static int fd_below(int fd)
{
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (kind < 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return below(path);
}

/* 1: the fault comes now. */
static int now(int call, int ours)
{
    if (kind < 0 || !ours || !(applies[kind] & call))
        return 0;
    seen++;
    if (seen != nth && !(lasting && fired))
        return 0;
    fired = 1, what = call;
    if (kind == POWER)
        kill(getpid(), SIGKILL);
    return 1;
}

#define REAL(name) ({ static typeof(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name); real; })
#define FAIL return errno = errors[kind], -1
#define DONE_AND_DEAD(call) ({ call; kill(getpid(), SIGKILL); })

static int making(int flags) { return flags & (O_CREAT | O_WRONLY | O_RDWR) ? MAKE : OPEN; }

#define OPENING(name, ...)                                                                                             \
    mode_t mode = 0;                                                                                                   \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                                               \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }                                                                                                                  \
    if (now(making(flags), below(path))) {                                                                             \
        if (kind == TORN)                                                                                              \
            DONE_AND_DEAD(REAL(name)(__VA_ARGS__));                                                                    \
        FAIL;                                                                                                          \
    }                                                                                                                  \
    return REAL(name)(__VA_ARGS__);

int open(const char *path, int flags, ...) { OPENING(open, path, flags, mode) }
int open64(const char *path, int flags, ...) { OPENING(open64, path, flags, mode) }
int openat(int at, const char *path, int flags, ...) { OPENING(openat, at, path, flags, mode) }
int openat64(int at, const char *path, int flags, ...) { OPENING(openat64, at, path, flags, mode) }

#define READING(name, ...)                                                                                             \
    if (now(READ, fd_below(fd))) {                                                                                     \
        if (kind != SHORT_READ)                                                                                        \
            FAIL;                                                                                                      \
        count = count > 1 ? count / 2 : count;                                                                         \
    }                                                                                                                  \
    return REAL(name)(__VA_ARGS__);

ssize_t read(int fd, void *buffer, size_t count) { READING(read, fd, buffer, count) }
ssize_t pread(int fd, void *buffer, size_t count, off_t at) { READING(pread, fd, buffer, count, at) }
ssize_t pread64(int fd, void *buffer, size_t count, off64_t at) { READING(pread64, fd, buffer, count, at) }

#define WRITING(name, ...)                                                                                             \
    if (now(WRITE, fd_below(fd))) {                                                                                    \
        if (kind != SHORT_WRITE && kind != TORN)                                                                       \
            FAIL;                                                                                                      \
        count = count > 1 ? count / 2 : count;                                                                         \
        if (kind == TORN)                                                                                              \
            DONE_AND_DEAD(REAL(name)(__VA_ARGS__));                                                                    \
    }                                                                                                                  \
    return REAL(name)(__VA_ARGS__);

ssize_t write(int fd, const void *buffer, size_t count) { WRITING(write, fd, buffer, count) }
ssize_t pwrite(int fd, const void *buffer, size_t count, off_t at) { WRITING(pwrite, fd, buffer, count, at) }
ssize_t pwrite64(int fd, const void *buffer, size_t count, off64_t at) { WRITING(pwrite64, fd, buffer, count, at) }
ssize_t sendfile(int fd, int from, off_t *at, size_t count) { WRITING(sendfile, fd, from, at, count) }
ssize_t sendfile64(int fd, int from, off64_t *at, size_t count) { WRITING(sendfile64, fd, from, at, count) }

#define DOING(call, ours, name, ...)                                                                                   \
    if (now(call, ours)) {                                                                                             \
        if (kind == TORN)                                                                                              \
            DONE_AND_DEAD(REAL(name)(__VA_ARGS__));                                                                    \
        FAIL;                                                                                                          \
    }                                                                                                                  \
    return REAL(name)(__VA_ARGS__);

int fsync(int fd) { DOING(SYNC, fd_below(fd), fsync, fd) }
int fdatasync(int fd) { DOING(SYNC, fd_below(fd), fdatasync, fd) }
int ftruncate(int fd, off_t length) { DOING(CUT, fd_below(fd), ftruncate, fd, length) }
int ftruncate64(int fd, off64_t length) { DOING(CUT, fd_below(fd), ftruncate64, fd, length) }
int rename(const char *from, const char *to) { DOING(RENAME, below(from) || below(to), rename, from, to) }
int unlink(const char *path) { DOING(UNLINK, below(path), unlink, path) }
int unlinkat(int at, const char *path, int flags) { DOING(UNLINK, below(path), unlinkat, at, path, flags) }
int rmdir(const char *path) { DOING(UNLINK, below(path), rmdir, path) }
int link(const char *from, const char *to) { DOING(LINK, below(to), link, from, to) }
int linkat(int at, const char *from, int other, const char *to, int flags)
{
    DOING(LINK, below(to), linkat, at, from, other, to, flags)
}
int mkdir(const char *path, mode_t mode) { DOING(MAKE, below(path), mkdir, path, mode) }

void *mmap(void *where, size_t length, int guard, int flags, int fd, off_t at)
{
    if (fd >= 0 && now(MAP, fd_below(fd)))
        return errno = ENOMEM, MAP_FAILED;
    return REAL(mmap)(where, length, guard, flags, fd, at);
}
void *mmap64(void *where, size_t length, int guard, int flags, int fd, off64_t at)
{
    if (fd >= 0 && now(MAP, fd_below(fd)))
        return errno = ENOMEM, MAP_FAILED;
    return REAL(mmap64)(where, length, guard, flags, fd, at);
}
