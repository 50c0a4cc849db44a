/* Faults of the machine, laid under the program with LD_PRELOAD:
 *   FAULT_FSYNC_FROM=N   every fsync and fdatasync from the Nth on fails as a worn disk does
 *   FAULT_CLOCK_AFTER=N  the Nth look at the wall clock and all later ones are off
 *   FAULT_CLOCK_BY=S     by so many seconds
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

static long number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

static int fails(void) {
    static atomic_long calls;
    long from = number("FAULT_FSYNC_FROM", 0);
    return from > 0 && atomic_fetch_add(&calls, 1) + 1 >= from;
}

#define FAILING(name)                                                     \
    int name(int file) {                                                  \
        static int (*next)(int);                                          \
        if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, #name);          \
        if (fails()) { errno = EIO; return -1; }                          \
        return next(file);                                                \
    }
FAILING(fsync)
FAILING(fdatasync)

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*next)(clockid_t, struct timespec *);
    static atomic_long looks;
    if (!next) next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = next(clock, time);
    if (clock == CLOCK_REALTIME && result == 0
        && atomic_fetch_add(&looks, 1) + 1 >= number("FAULT_CLOCK_AFTER", 1))
        time->tv_sec += number("FAULT_CLOCK_BY", 0);
    return result;
}
