// Faults of the system, put between a program and its C library by LD_PRELOAD; Scripts/faults builds and uses it.
//
// FAULT names what goes wrong:
//   short      reads and writes handle at most 7 bytes
//   eintr      every other read and write is interrupted by a signal
//   full:N     after N bytes written to files, the disk is full
//   read:N     after N bytes read from files, the device fails
//   sync       fsync fails
//   rename     rename fails
//   clock      the clocks jump forward and back by years
//   power:N    at the Nth write to a file the power fails: every file loses what was not synced, and the process ends
//   order      a file that is renamed before its bytes are synced, or a rename whose folder is not, is reported at the end
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FILES 1024

static const char *fault;
static long long amount;
static long long done;
static unsigned long long calls;
// The length of each file at its last fsync; -1 for a descriptor that is not a file opened for writing.
static long long synced[FILES];
static int is_dirty[FILES];
static int is_renamed;

#define REAL(type, name, ...) static type (*name)(__VA_ARGS__)
REAL(ssize_t, real_read, int, void *, size_t);
REAL(ssize_t, real_write, int, const void *, size_t);
REAL(ssize_t, real_pread, int, void *, size_t, off_t);
REAL(ssize_t, real_pwrite, int, const void *, size_t, off_t);
REAL(int, real_fsync, int);
REAL(int, real_fdatasync, int);
REAL(int, real_rename, const char *, const char *);
REAL(int, real_open, const char *, int, ...);
REAL(int, real_close, int);
REAL(int, real_clock, clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_read = dlsym(RTLD_NEXT, "read");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pread = dlsym(RTLD_NEXT, "pread64");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_open = dlsym(RTLD_NEXT, "open");
  real_close = dlsym(RTLD_NEXT, "close");
  real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  for (int i = 0; i < FILES; i++) synced[i] = -1;
  fault = getenv("FAULT");
  if (!fault) fault = "";
  const char *colon = strchr(fault, ':');
  if (colon) amount = atoll(colon + 1);
}

static int is(const char *name) {
  size_t n = strlen(name);
  return fault && !strncmp(fault, name, n) && (fault[n] == 0 || fault[n] == ':');
}

// Standard streams stay as they are, so that messages arrive.
static int is_file(int fd) {
  struct stat s;
  return fd > 2 && !fstat(fd, &s) && S_ISREG(s.st_mode);
}

// What a read or write is to do: -1 with errno set, or the greatest count.
static long long allowed(int fd, size_t count, int writes) {
  if (is("eintr") && calls++ % 2 == 0) {
    errno = EINTR;
    return -1;
  }
  if (is("short") && count > 7) return 7;
  if (!is_file(fd)) return (long long)count;
  if (writes && is("full")) {
    if (done >= amount) {
      errno = ENOSPC;
      return -1;
    }
    long long rest = amount - done;
    long long now = (long long)count < rest ? (long long)count : rest;
    done += now;
    return now;
  }
  if (!writes && is("read") && (done += (long long)count) > amount) {
    errno = EIO;
    return -1;
  }
  if (writes && is("power") && ++done >= amount) {
    for (int i = 0; i < FILES; i++)
      if (synced[i] >= 0 && ftruncate(i, synced[i])) {
      }
    _exit(137);
  }
  if (writes && fd >= 0 && fd < FILES) is_dirty[fd] = 1;
  return (long long)count;
}

ssize_t read(int fd, void *bytes, size_t count) {
  long long most = allowed(fd, count, 0);
  return most < 0 ? -1 : real_read(fd, bytes, (size_t)most);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  long long most = allowed(fd, count, 1);
  return most < 0 ? -1 : real_write(fd, bytes, (size_t)most);
}

ssize_t pread64(int fd, void *bytes, size_t count, off_t place) {
  long long most = allowed(fd, count, 0);
  return most < 0 ? -1 : real_pread(fd, bytes, (size_t)most, place);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t place) {
  long long most = allowed(fd, count, 1);
  return most < 0 ? -1 : real_pwrite(fd, bytes, (size_t)most, place);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t place) { return pread64(fd, bytes, count, place); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t place) { return pwrite64(fd, bytes, count, place); }

static int synchronize(int fd, int (*real)(int)) {
  if (is("sync") && is_file(fd)) {
    errno = EIO;
    return -1;
  }
  struct stat s;
  if (!fstat(fd, &s)) {
    if (S_ISDIR(s.st_mode)) is_renamed = 0;
    if (fd < FILES && S_ISREG(s.st_mode)) {
      synced[fd] = s.st_size;
      is_dirty[fd] = 0;
    }
  }
  return real(fd);
}

int fsync(int fd) { return synchronize(fd, real_fsync); }
int fdatasync(int fd) { return synchronize(fd, real_fdatasync); }

int rename(const char *from, const char *to) {
  if (is("rename")) {
    errno = EIO;
    return -1;
  }
  struct stat named, own;
  if (is("order") && !stat(from, &named))
    for (int i = 0; i < FILES; i++)
      if (is_dirty[i] && !fstat(i, &own) && own.st_ino == named.st_ino) fprintf(stderr, "unsynced: %s\n", from);
  is_renamed = 1;
  return real_rename(from, to);
}

static int opened(int fd, int flags) {
  struct stat s;
  if (fd >= 0 && fd < FILES && (flags & O_ACCMODE) != O_RDONLY && !fstat(fd, &s) && S_ISREG(s.st_mode)) {
    synced[fd] = s.st_size;
    is_dirty[fd] = 0;
  }
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int mode = flags & O_CREAT ? va_arg(list, int) : 0;
  va_end(list);
  return opened(real_open(path, flags, mode), flags);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int mode = flags & O_CREAT ? va_arg(list, int) : 0;
  va_end(list);
  return opened(real_open(path, flags, mode), flags);
}

int close(int fd) {
  if (fd >= 0 && fd < FILES) {
    synced[fd] = -1;
    is_dirty[fd] = 0;
  }
  return real_close(fd);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int code = real_clock(clock, now);
  // Forward by three years, back by two, and so on.
  if (is("clock")) now->tv_sec += (long)(calls++ % 5 - 2) * 31557600;
  return code;
}

__attribute__((destructor)) static void end(void) {
  if (is("order") && is_renamed) fprintf(stderr, "folder not synced after a rename\n");
}
