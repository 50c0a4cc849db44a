/* A driver that turns an RS485 line round, laid under the program with LD_PRELOAD: takes TIOCSRS485 and TIOCGRS485 of every
 * file, and writes the flags of each order into the file RS485_LOG. RS485_MASK holds the flags the driver knows; it leaves
 * out the others, as the kernel does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/serial.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef TIOCGRS485
#define TIOCGRS485 0x542E
#define TIOCSRS485 0x542F
#endif

static struct serial_rs485 held;

int ioctl(int file, unsigned long request, ...) {
    static int (*next)(int, unsigned long, void *);
    if (!next) next = (int (*)(int, unsigned long, void *))dlsym(RTLD_NEXT, "ioctl");
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    if (request == TIOCGRS485) {
        *(struct serial_rs485 *)argument = held;
        return 0;
    }
    if (request == TIOCSRS485) {
        FILE *log = fopen(getenv("RS485_LOG"), "a");
        held = *(struct serial_rs485 *)argument;
        fprintf(log, "%u\n", held.flags);
        fclose(log);
        held.flags &= (unsigned)atol(getenv("RS485_MASK"));
        return 0;
    }
    return next(file, request, argument);
}
