/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Register maps served by libmodbus on Modbus TCP: libmodbus REGISTERS PORT. Each line of REGISTERS is UNIT TABLE
 * REGISTER VALUE. One client at a time. */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static modbus_mapping_t *units[256];

static int load(const char *path)
{
    FILE *file = fopen(path, "r");
    int unit, address, value;
    char table[16];
    if (file == NULL)
        return -1;
    while (fscanf(file, "%d %15s %d %d", &unit, table, &address, &value) == 4) {
        if (units[unit & 0xFF] == NULL)
            units[unit & 0xFF] = modbus_mapping_new(16, 16, 65535, 65535);
        if (units[unit & 0xFF] == NULL)
            return -1;
        uint16_t *registers = strcmp(table, "holding") == 0 ? units[unit & 0xFF]->tab_registers : units[unit & 0xFF]->tab_input_registers;
        registers[address & 0xFFFF] = (uint16_t)value;
    }
    return fclose(file);
}

int main(int count, char **arguments)
{
    if (count != 3 || load(arguments[1]) != 0)
        return 2;
    modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(arguments[2]));
    int listener = modbus_tcp_listen(context, 1);
    fprintf(stderr, "ready: libmodbus\n");
    for (;;) {
        uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
        int length;
        modbus_tcp_accept(context, &listener);
        while ((length = modbus_receive(context, query)) >= 0) {
            modbus_mapping_t *unit = length > 6 ? units[query[6]] : NULL;
            if (unit == NULL)
                modbus_reply_exception(context, query, MODBUS_EXCEPTION_GATEWAY_TARGET);
            else
                modbus_reply(context, query, length, unit);
        }
        modbus_close(context);
    }
}
