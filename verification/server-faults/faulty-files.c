/*
 * Stands between a process and libc, for files below the directory FAULTY_FILES. What it does with them, the file named by
 * FAULTY_ORDER says at every call, so that a test can change it under a running server:
 *
 *   failed-sync   a sync fails with EIO, and nothing has been synced
 *   held-sync     a sync goes on when the order is another
 *   lying-sync    a sync does nothing and succeeds
 *   short-write   of what is written next to a log a half is taken; from then on writes fail with ENOSPC
 *
 * Anything else: nothing. The file named by FAULTY_RECEIPTS gets a line for each time that an order struck, and one for
 * each sync that was done, with the size that the file had when it began: "synced 1234 /path".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int is_order(const char *wanted) {
  char order[32] = "";
  const char *path = getenv("FAULTY_ORDER");
  int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t length = read(fd, order, sizeof order - 1);
  close(fd);
  return length > 0 && strncmp(order, wanted, strlen(wanted)) == 0;
}

static void receipt(const char *what, const char *path) {
  const char *receipts = getenv("FAULTY_RECEIPTS");
  int fd = receipts == NULL ? -1 : open(receipts, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return;
  dprintf(fd, "%s %s\n", what, path);
  close(fd);
}

/* The path of a regular file that is ours. */
static int is_ours(int fd, char path[PATH_MAX]) {
  char link[64];
  const char *directory = getenv("FAULTY_FILES");
  struct stat status;
  if (directory == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (strncmp(path, directory, strlen(directory)) != 0) return 0;
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

static int sync_file(int fd, const char *function) {
  int saved = errno;
  char path[PATH_MAX], synced[64];
  struct stat before;
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, function);
  if (!is_ours(fd, path) || fstat(fd, &before) != 0) return errno = saved, real(fd);
  if (is_order("failed-sync")) {
    receipt("failed-sync", path);
    errno = EIO;
    return -1;
  }
  if (is_order("lying-sync")) {
    receipt("lying-sync", path);
    return errno = saved, 0;
  }
  if (is_order("held-sync")) {
    struct timespec moment = {0, 2 * 1000 * 1000};
    receipt("held-sync", path);
    while (is_order("held-sync")) nanosleep(&moment, NULL);
  }
  errno = saved;
  int result = real(fd);
  snprintf(synced, sizeof synced, "synced %lld", (long long)before.st_size);
  if (result == 0) receipt(synced, path);
  return result;
}

int fdatasync(int fd) { return sync_file(fd, "fdatasync"); }

int fsync(int fd) { return sync_file(fd, "fsync"); }

#undef fwrite_unlocked

/* LevelDB writes a record's head, then its body, then flushes: it is the body that is cut. */
size_t fwrite_unlocked(const void *bytes, size_t size, size_t count, FILE *file) {
  static int is_full = 0;
  char path[PATH_MAX];
  size_t (*real)(const void *, size_t, size_t, FILE *) =
      (size_t(*)(const void *, size_t, size_t, FILE *))dlsym(RTLD_NEXT, "fwrite_unlocked");
  if (!is_order("short-write") || !is_ours(fileno(file), path)) return real(bytes, size, count, file);
  if (is_full) {
    receipt("failed-write", path);
    errno = ENOSPC;
    return 0;
  }
  const char *dot = strrchr(path, '.');
  if (dot == NULL || strcmp(dot, ".log") != 0 || size * count < 16) return real(bytes, size, count, file);
  is_full = 1;
  receipt("short-write", path);
  size_t done = real(bytes, 1, size * count / 2, file);
  fflush(file);
  errno = ENOSPC;
  return done / size;
}
