/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
#ifndef KINDS_H
#define KINDS_H

#define KINDS_GENL_NAME    "kinds"
#define KINDS_GENL_VERSION 3
#define KINDS_GROUP        "events"

enum {
	KINDS_CMD_UNSPEC,
	KINDS_CMD_ECHO,           /* reply: what was sent, and SEEN */
	KINDS_CMD_LIST,           /* dump: COUNT objects with ID and NAME, answered as KINDS_CMD_ITEM */
	KINDS_CMD_ITEM,
	KINDS_CMD_NOTIFY,         /* COUNT notifications with ID */
	KINDS_CMD_EVENT,
	KINDS_CMD_REFUSE,         /* refuses, as HOW says, with the errno S32 */
	KINDS_CMD_ADMIN,          /* GENL_ADMIN_PERM */
};

enum {
	KINDS_ATTR_UNSPEC,
	KINDS_ATTR_U8,            /* at most 200 */
	KINDS_ATTR_U16,           /* at least 10 */
	KINDS_ATTR_U32,           /* bits 0xff00ff */
	KINDS_ATTR_U64,
	KINDS_ATTR_S8,
	KINDS_ATTR_S16,
	KINDS_ATTR_S32,           /* -1000 to 1000 */
	KINDS_ATTR_S64,
	KINDS_ATTR_BE16,
	KINDS_ATTR_BE32,
	KINDS_ATTR_NAME,          /* NUL-terminated, at most 15 bytes and the NUL */
	KINDS_ATTR_TEXT,          /* string of any length, without a NUL in the reply */
	KINDS_ATTR_DATA,          /* at most 64 bytes */
	KINDS_ATTR_MAC,           /* 6 bytes */
	KINDS_ATTR_FLAG,
	KINDS_ATTR_BITS,          /* bitfield32, bits 0x7 */
	KINDS_ATTR_NEST,          /* nest of KINDS_ATTR_* */
	KINDS_ATTR_ARRAY,         /* array of nests of KINDS_ATTR_* */
	KINDS_ATTR_TAG,           /* u16, repeats */
	KINDS_ATTR_UINT,          /* since Linux 6.7 */
	KINDS_ATTR_SINT,          /* since Linux 6.7 */
	KINDS_ATTR_PAD,
	KINDS_ATTR_SEEN,          /* reply: nest with the numbers of what was sent, each as a string: what the kernel read */
	KINDS_ATTR_ID,            /* u32 */
	KINDS_ATTR_COUNT,         /* u32, at most 100000 */
	KINDS_ATTR_INTERRUPT,     /* flag: the list changes in the middle */
	KINDS_ATTR_HOW,           /* u8, enum kinds_how */
	KINDS_ATTR_MAX = KINDS_ATTR_HOW,
};

enum kinds_how {
	KINDS_HOW_ERRNO,          /* nothing but the errno */
	KINDS_HOW_MESSAGE,
	KINDS_HOW_ATTR,           /* the first attribute of NEST, and a message */
	KINDS_HOW_ATTR_ALONE,     /* the same without a message */
	KINDS_HOW_POLICY,         /* U8, and what it may be */
	KINDS_HOW_MISSING,        /* TEXT is missing; since Linux 6.1 */
	KINDS_HOW_MISSING_INSIDE, /* U8 is missing in NEST; since Linux 6.1 */
	KINDS_HOW_WARNING,        /* no refusal, but a message */
	KINDS_HOW_COOKIE,         /* no refusal, but a cookie: U64 */
	KINDS_HOW_MAX = KINDS_HOW_COOKIE,
};

/* The user of the connector: what is sent comes back with `ack` one larger, */
#define KINDS_CN_IDX       20
#define KINDS_CN_VAL_ALONE 1      /* to the sender */
#define KINDS_CN_VAL_ALL   2      /* to the group KINDS_CN_IDX */

#endif
