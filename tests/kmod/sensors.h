/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
#ifndef SENSORS_H
#define SENSORS_H

#define SENSORS_GENL_NAME    "sensors"
#define SENSORS_GENL_VERSION 1
#define SENSORS_GROUP        "changes"

enum {
	SENSORS_CMD_UNSPEC,
	SENSORS_CMD_GET,          /* request: ID or nothing; reply: SENSORS_CMD_NEW */
	SENSORS_CMD_NEW,          /* reply, and notification */
	SENSORS_CMD_SET,          /* request: ID, STATE, LIMITS; acknowledged */
};

enum {
	SENSORS_ATTR_UNSPEC,
	SENSORS_ATTR_ID,          /* u32 */
	SENSORS_ATTR_NAME,        /* string */
	SENSORS_ATTR_STATE,       /* u8, enum sensors_state */
	SENSORS_ATTR_LIMITS,      /* nest of SENSORS_LIMIT_* */
	SENSORS_ATTR_TAG,         /* string, repeats */
	SENSORS_ATTR_MAX = SENSORS_ATTR_TAG,
};

enum {
	SENSORS_LIMIT_UNSPEC,
	SENSORS_LIMIT_LOW,        /* s32, thousandths of a degree Celsius */
	SENSORS_LIMIT_HIGH,       /* s32, at most 125000 */
	SENSORS_LIMIT_MAX = SENSORS_LIMIT_HIGH,
};

enum sensors_state {
	SENSORS_OFF,
	SENSORS_ON,
};

#endif
