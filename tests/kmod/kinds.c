// SPDX-License-Identifier: GPL-2.0-only
/*
 * A generic family that knows every kind of attribute, and tells what it read as text: its byte order and width are the
 * kernel's.
 */
#include <linux/connector.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/version.h>
#include <net/genetlink.h>

#include "kinds.h"

static struct genl_family family;

/* The plain policies have room for 16 bits only. */
static struct netlink_range_validation counts = { .max = 100000 };

static const struct nla_policy policy[KINDS_ATTR_MAX + 1] = {
	[KINDS_ATTR_U8] = NLA_POLICY_MAX(NLA_U8, 200),
	[KINDS_ATTR_U16] = NLA_POLICY_MIN(NLA_U16, 10),
	[KINDS_ATTR_U32] = NLA_POLICY_MASK(NLA_U32, 0xff00ff),
	[KINDS_ATTR_U64] = { .type = NLA_U64 },
	[KINDS_ATTR_S8] = { .type = NLA_S8 },
	[KINDS_ATTR_S16] = { .type = NLA_S16 },
	[KINDS_ATTR_S32] = NLA_POLICY_RANGE(NLA_S32, -1000, 1000),
	[KINDS_ATTR_S64] = { .type = NLA_S64 },
	[KINDS_ATTR_BE16] = { .type = NLA_BE16 },
	[KINDS_ATTR_BE32] = { .type = NLA_BE32 },
	[KINDS_ATTR_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
	[KINDS_ATTR_TEXT] = { .type = NLA_STRING },
	[KINDS_ATTR_DATA] = { .type = NLA_BINARY, .len = 64 },
	[KINDS_ATTR_MAC] = NLA_POLICY_EXACT_LEN(6),
	[KINDS_ATTR_FLAG] = { .type = NLA_FLAG },
	[KINDS_ATTR_BITS] = NLA_POLICY_BITFIELD32(0x7),
	[KINDS_ATTR_NEST] = NLA_POLICY_NESTED(policy),
	[KINDS_ATTR_ARRAY] = NLA_POLICY_NESTED_ARRAY(policy),
	[KINDS_ATTR_TAG] = { .type = NLA_U16 },
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	[KINDS_ATTR_UINT] = { .type = NLA_UINT },
	[KINDS_ATTR_SINT] = { .type = NLA_SINT },
#endif
	[KINDS_ATTR_ID] = { .type = NLA_U32 },
	[KINDS_ATTR_COUNT] = NLA_POLICY_FULL_RANGE(NLA_U32, &counts),
	[KINDS_ATTR_INTERRUPT] = { .type = NLA_FLAG },
	[KINDS_ATTR_HOW] = NLA_POLICY_MAX(NLA_U8, KINDS_HOW_MAX),
};

static int echo(struct sk_buff *skb, const struct nlattr *head, int len);

/* Puts each element of an array as it came, counted from 1. */
static int echo_array(struct sk_buff *skb, const struct nlattr *attr)
{
	struct nlattr *outer = nla_nest_start(skb, KINDS_ATTR_ARRAY), *inner;
	const struct nlattr *element;
	int rem, index = 0;

	if (!outer)
		return -EMSGSIZE;
	nla_for_each_nested(element, attr, rem) {
		inner = nla_nest_start(skb, ++index);
		if (!inner || echo(skb, nla_data(element), nla_len(element)))
			return -EMSGSIZE;
		nla_nest_end(skb, inner);
	}
	nla_nest_end(skb, outer);
	return 0;
}

static int echo_nest(struct sk_buff *skb, const struct nlattr *attr)
{
	struct nlattr *nest = nla_nest_start(skb, KINDS_ATTR_NEST);

	if (!nest || echo(skb, nla_data(attr), nla_len(attr)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* Reads an attribute with the kernel's function for its kind, and puts the value with that for the kind. */
static int echo_one(struct sk_buff *skb, const struct nlattr *attr)
{
	int type = nla_type(attr);
	struct nla_bitfield32 bits;

	switch (type) {
	case KINDS_ATTR_U8:
		return nla_put_u8(skb, type, nla_get_u8(attr));
	case KINDS_ATTR_U16:
	case KINDS_ATTR_TAG:
		return nla_put_u16(skb, type, nla_get_u16(attr));
	case KINDS_ATTR_U32:
		return nla_put_u32(skb, type, nla_get_u32(attr));
	case KINDS_ATTR_U64:
		return nla_put_u64_64bit(skb, type, nla_get_u64(attr), KINDS_ATTR_PAD);
	case KINDS_ATTR_S8:
		return nla_put_s8(skb, type, nla_get_s8(attr));
	case KINDS_ATTR_S16:
		return nla_put_s16(skb, type, nla_get_s16(attr));
	case KINDS_ATTR_S32:
		return nla_put_s32(skb, type, nla_get_s32(attr));
	case KINDS_ATTR_S64:
		return nla_put_s64(skb, type, nla_get_s64(attr), KINDS_ATTR_PAD);
	case KINDS_ATTR_BE16:
		return nla_put_be16(skb, type, nla_get_be16(attr));
	case KINDS_ATTR_BE32:
		return nla_put_be32(skb, type, nla_get_be32(attr));
	case KINDS_ATTR_NAME:
		return nla_put_string(skb, type, nla_data(attr));
	case KINDS_ATTR_TEXT:
		/* Without a NUL, as a string may be. */
		return nla_put(skb, type, strnlen(nla_data(attr), nla_len(attr)), nla_data(attr));
	case KINDS_ATTR_DATA:
	case KINDS_ATTR_MAC:
		return nla_put(skb, type, nla_len(attr), nla_data(attr));
	case KINDS_ATTR_FLAG:
		return nla_put_flag(skb, type);
	case KINDS_ATTR_BITS:
		bits = nla_get_bitfield32(attr);
		return nla_put_bitfield32(skb, type, bits.value, bits.selector);
	case KINDS_ATTR_NEST:
		return echo_nest(skb, attr);
	case KINDS_ATTR_ARRAY:
		return echo_array(skb, attr);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	case KINDS_ATTR_UINT:
		return nla_put_uint(skb, type, nla_get_uint(attr));
	case KINDS_ATTR_SINT:
		return nla_put_sint(skb, type, nla_get_sint(attr));
#endif
	}
	return 0;
}

static int echo(struct sk_buff *skb, const struct nlattr *head, int len)
{
	const struct nlattr *attr;
	int rem;

	nla_for_each_attr(attr, head, len, rem)
		if (echo_one(skb, attr))
			return -EMSGSIZE;
	return 0;
}

/* Puts what the kernel understands by an attribute as text. */
static int see(struct sk_buff *skb, const struct nlattr *attr)
{
	int type = nla_type(attr), rem, count = 0;
	const struct nlattr *inner;
	struct nla_bitfield32 bits;
	char text[200];

	switch (type) {
	case KINDS_ATTR_U8:
		snprintf(text, sizeof(text), "%u", nla_get_u8(attr));
		break;
	case KINDS_ATTR_U16:
	case KINDS_ATTR_TAG:
		snprintf(text, sizeof(text), "%u", nla_get_u16(attr));
		break;
	case KINDS_ATTR_U32:
		snprintf(text, sizeof(text), "%u", nla_get_u32(attr));
		break;
	case KINDS_ATTR_U64:
		snprintf(text, sizeof(text), "%llu", nla_get_u64(attr));
		break;
	case KINDS_ATTR_S8:
		snprintf(text, sizeof(text), "%d", nla_get_s8(attr));
		break;
	case KINDS_ATTR_S16:
		snprintf(text, sizeof(text), "%d", nla_get_s16(attr));
		break;
	case KINDS_ATTR_S32:
		snprintf(text, sizeof(text), "%d", nla_get_s32(attr));
		break;
	case KINDS_ATTR_S64:
		snprintf(text, sizeof(text), "%lld", nla_get_s64(attr));
		break;
	case KINDS_ATTR_BE16:
		snprintf(text, sizeof(text), "%u", ntohs(nla_get_be16(attr)));
		break;
	case KINDS_ATTR_BE32:
		snprintf(text, sizeof(text), "%u", ntohl(nla_get_be32(attr)));
		break;
	case KINDS_ATTR_NAME:
	case KINDS_ATTR_TEXT:
		snprintf(text, sizeof(text), "%.*s", nla_len(attr), (char *)nla_data(attr));
		break;
	case KINDS_ATTR_DATA:
	case KINDS_ATTR_MAC:
		snprintf(text, sizeof(text), "%*phN", nla_len(attr), nla_data(attr));
		break;
	case KINDS_ATTR_FLAG:
		snprintf(text, sizeof(text), "%u bytes", nla_len(attr));
		break;
	case KINDS_ATTR_BITS:
		bits = nla_get_bitfield32(attr);
		snprintf(text, sizeof(text), "%u of %u", bits.value, bits.selector);
		break;
	case KINDS_ATTR_NEST:
	case KINDS_ATTR_ARRAY:
		nla_for_each_nested(inner, attr, rem)
			count++;
		snprintf(text, sizeof(text), "%d inside", count);
		break;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	case KINDS_ATTR_UINT:
		snprintf(text, sizeof(text), "%llu in %d bytes", nla_get_uint(attr), nla_len(attr));
		break;
	case KINDS_ATTR_SINT:
		snprintf(text, sizeof(text), "%lld in %d bytes", nla_get_sint(attr), nla_len(attr));
		break;
#endif
	default:
		return 0;
	}
	return nla_put_string(skb, type, text);
}

static int echo_all(struct sk_buff *request, struct genl_info *info)
{
	const struct nlattr *head = nlmsg_attrdata(info->nlhdr, GENL_HDRLEN), *attr;
	int len = nlmsg_attrlen(info->nlhdr, GENL_HDRLEN), rem;
	struct sk_buff *skb = genlmsg_new(2 * len + 4096, GFP_KERNEL);
	struct nlattr *seen;
	void *header;

	if (!skb)
		return -ENOMEM;
	header = genlmsg_put_reply(skb, info, &family, 0, KINDS_CMD_ECHO);
	if (!header || echo(skb, head, len))
		goto full;
	seen = nla_nest_start(skb, KINDS_ATTR_SEEN);
	if (!seen)
		goto full;
	nla_for_each_attr(attr, head, len, rem)
		if (see(skb, attr))
			goto full;
	nla_nest_end(skb, seen);
	genlmsg_end(skb, header);
	return genlmsg_reply(skb, info);

full:
	nlmsg_free(skb);
	return -EMSGSIZE;
}

static void *put_object(struct sk_buff *skb, u32 id, u32 portid, u32 seq, int flags, u8 cmd)
{
	void *header = genlmsg_put(skb, portid, seq, &family, flags, cmd);
	char name[16];

	if (!header)
		return NULL;
	snprintf(name, sizeof(name), "object-%u", id);
	if (nla_put_u32(skb, KINDS_ATTR_ID, id) || nla_put_string(skb, KINDS_ATTR_NAME, name)) {
		genlmsg_cancel(skb, header);
		return NULL;
	}
	genlmsg_end(skb, header);
	return header;
}

static int list(struct sk_buff *skb, struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
#else
	struct nlattr **attrs = genl_dumpit_info(cb)->attrs;
#endif
	u32 count = attrs[KINDS_ATTR_COUNT] ? nla_get_u32(attrs[KINDS_ATTR_COUNT]) : 3;
	void *header;

	for (; cb->args[0] < count; cb->args[0]++) {
		header = put_object(skb, cb->args[0], NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, NLM_F_MULTI,
				    KINDS_CMD_ITEM);
		if (!header)
			break;
		/* As if somebody had changed the list, of which this is the generation. */
		cb->seq = 1 + (attrs[KINDS_ATTR_INTERRUPT] && cb->args[0] >= count / 2);
		genl_dump_check_consistent(cb, header);
	}
	return skb->len;
}

static int notify(struct sk_buff *request, struct genl_info *info)
{
	u32 count = info->attrs[KINDS_ATTR_COUNT] ? nla_get_u32(info->attrs[KINDS_ATTR_COUNT]) : 1, id;
	struct sk_buff *skb;

	for (id = 0; id < count; id++) {
		skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
		if (!skb)
			return -ENOMEM;
		put_object(skb, id, 0, 0, 0, KINDS_CMD_EVENT);
		/* That nobody listens, or not fast enough, is no error of whoever asks. */
		genlmsg_multicast_netns(&family, genl_info_net(info), skb, 0, 0, GFP_KERNEL);
	}
	return 0;
}

static int refuse(struct sk_buff *request, struct genl_info *info)
{
	struct nlattr *nest = info->attrs[KINDS_ATTR_NEST], *inside[KINDS_ATTR_MAX + 1] = { NULL };
	int err = info->attrs[KINDS_ATTR_S32] ? nla_get_s32(info->attrs[KINDS_ATTR_S32]) : -EINVAL;

	if (nest && nla_parse_nested(inside, KINDS_ATTR_MAX, nest, policy, info->extack))
		return -EINVAL;
	switch (info->attrs[KINDS_ATTR_HOW] ? nla_get_u8(info->attrs[KINDS_ATTR_HOW]) : KINDS_HOW_ERRNO) {
	case KINDS_HOW_ERRNO:
		return err;
	case KINDS_HOW_MESSAGE:
		NL_SET_ERR_MSG(info->extack, "refused as asked");
		return err;
	case KINDS_HOW_ATTR:
		if (nest)
			NL_SET_ERR_MSG_ATTR(info->extack, (struct nlattr *)nla_data(nest), "this one");
		return err;
	case KINDS_HOW_ATTR_ALONE:
		if (nest)
			NL_SET_BAD_ATTR(info->extack, (struct nlattr *)nla_data(nest));
		return err;
	case KINDS_HOW_POLICY:
		NL_SET_ERR_MSG_ATTR_POL(info->extack, info->attrs[KINDS_ATTR_U8], &policy[KINDS_ATTR_U8], "not this");
		return err;
#ifdef GENL_REQ_ATTR_CHECK
	case KINDS_HOW_MISSING:
		return GENL_REQ_ATTR_CHECK(info, KINDS_ATTR_TEXT) ? err : 0;
	case KINDS_HOW_MISSING_INSIDE:
		return NL_REQ_ATTR_CHECK(info->extack, nest, inside, KINDS_ATTR_U8) ? err : 0;
#endif
	case KINDS_HOW_WARNING:
		NL_SET_ERR_MSG(info->extack, "done, but mind the step");
		return 0;
	case KINDS_HOW_COOKIE:
		nl_set_extack_cookie_u64(info->extack,
					 info->attrs[KINDS_ATTR_U64] ? nla_get_u64(info->attrs[KINDS_ATTR_U64]) : 0);
		return 0;
	}
	return -EOPNOTSUPP;
}

static int admin(struct sk_buff *request, struct genl_info *info)
{
	return 0;
}

static const struct genl_ops ops[] = {
	{ .cmd = KINDS_CMD_ECHO, .doit = echo_all },
	{ .cmd = KINDS_CMD_LIST, .dumpit = list },
	{ .cmd = KINDS_CMD_NOTIFY, .doit = notify },
	{ .cmd = KINDS_CMD_REFUSE, .doit = refuse },
	{ .cmd = KINDS_CMD_ADMIN, .doit = admin, .flags = GENL_ADMIN_PERM },
};

static const struct genl_multicast_group groups[] = {
	{ .name = KINDS_GROUP },
};

static struct genl_family family = {
	.name = KINDS_GENL_NAME,
	.version = KINDS_GENL_VERSION,
	.maxattr = KINDS_ATTR_MAX,
	.policy = policy,
	.netnsok = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	/* All commands are checked strictly. */
	.resv_start_op = KINDS_CMD_UNSPEC + 1,
#endif
};

/* Sends a message of the connector back, to its sender or to everybody. */
static void answer(struct cn_msg *msg, struct netlink_skb_parms *nsp)
{
	struct cn_msg *reply = kmemdup(msg, sizeof(*msg) + msg->len, GFP_KERNEL);

	if (!reply)
		return;
	reply->ack = msg->ack + 1;
	if (msg->id.val == KINDS_CN_VAL_ALL)
		cn_netlink_send(reply, 0, KINDS_CN_IDX, GFP_KERNEL);
	else
		cn_netlink_send(reply, nsp->portid, 0, GFP_KERNEL);
	kfree(reply);
}

static struct cb_id alone = { KINDS_CN_IDX, KINDS_CN_VAL_ALONE };
static struct cb_id all = { KINDS_CN_IDX, KINDS_CN_VAL_ALL };

static int __init kinds_init(void)
{
	int err = cn_add_callback(&alone, "kinds_alone", answer);

	if (err)
		return err;
	err = cn_add_callback(&all, "kinds_all", answer);
	if (err)
		goto no_all;
	err = genl_register_family(&family);
	if (!err)
		return 0;
	cn_del_callback(&all);
no_all:
	cn_del_callback(&alone);
	return err;
}

static void __exit kinds_exit(void)
{
	genl_unregister_family(&family);
	cn_del_callback(&all);
	cn_del_callback(&alone);
}

module_init(kinds_init);
module_exit(kinds_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Every kind of attribute of generic netlink, for tests");
MODULE_ALIAS_GENL_FAMILY(KINDS_GENL_NAME);
