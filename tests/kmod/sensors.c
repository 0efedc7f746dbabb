// SPDX-License-Identifier: GPL-2.0-only
/*
 * Temperature sensors that are not there: the kernel's side of the family that the guide of netlink-core goes through.
 */
#include <linux/module.h>
#include <linux/version.h>
#include <net/genetlink.h>

#include "sensors.h"

struct sensor {
	u32 id;
	const char *name;
	const char *tags[2];
	u8 state;
	s32 low, high;
};

static struct sensor sensors[] = {
	{ 1, "cpu", { "package", "critical" }, SENSORS_ON, 0, 95000 },
	{ 7, "disk", { "nvme" }, SENSORS_ON, -5000, 70000 },
	{ 8, "board", { NULL }, SENSORS_OFF, 0, 60000 },
};

static DEFINE_MUTEX(lock);
/* Counts changes, by which a list knows that it is not of one piece. Never 0. */
static u32 generation = 1;
static struct genl_family family;

/* The plain policies have room for 16 bits only. */
static struct netlink_range_validation_signed high = { .min = S32_MIN, .max = 125000 };

static const struct nla_policy limit_policy[SENSORS_LIMIT_MAX + 1] = {
	[SENSORS_LIMIT_LOW] = { .type = NLA_S32 },
	[SENSORS_LIMIT_HIGH] = NLA_POLICY_FULL_RANGE_SIGNED(NLA_S32, &high),
};

static const struct nla_policy policy[SENSORS_ATTR_MAX + 1] = {
	[SENSORS_ATTR_ID] = { .type = NLA_U32 },
	[SENSORS_ATTR_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
	[SENSORS_ATTR_STATE] = NLA_POLICY_MAX(NLA_U8, SENSORS_ON),
	[SENSORS_ATTR_LIMITS] = NLA_POLICY_NESTED(limit_policy),
	[SENSORS_ATTR_TAG] = { .type = NLA_NUL_STRING, .len = 15 },
};

/* Puts one message about a sensor, and gives its header. */
static void *put_sensor(struct sk_buff *skb, const struct sensor *sensor, u32 portid, u32 seq, int flags)
{
	void *header = genlmsg_put(skb, portid, seq, &family, flags, SENSORS_CMD_NEW);
	struct nlattr *limits;
	int i;

	if (!header)
		return NULL;
	if (nla_put_u32(skb, SENSORS_ATTR_ID, sensor->id) || nla_put_string(skb, SENSORS_ATTR_NAME, sensor->name) ||
	    nla_put_u8(skb, SENSORS_ATTR_STATE, sensor->state))
		goto full;
	limits = nla_nest_start(skb, SENSORS_ATTR_LIMITS);
	if (!limits || nla_put_s32(skb, SENSORS_LIMIT_LOW, sensor->low) ||
	    nla_put_s32(skb, SENSORS_LIMIT_HIGH, sensor->high))
		goto full;
	nla_nest_end(skb, limits);
	for (i = 0; i < ARRAY_SIZE(sensor->tags) && sensor->tags[i]; i++)
		if (nla_put_string(skb, SENSORS_ATTR_TAG, sensor->tags[i]))
			goto full;
	genlmsg_end(skb, header);
	return header;

full:
	genlmsg_cancel(skb, header);
	return NULL;
}

static struct sensor *find(struct genl_info *info)
{
	struct nlattr *id = info->attrs[SENSORS_ATTR_ID];
	int i;

#ifdef GENL_REQ_ATTR_CHECK
	if (GENL_REQ_ATTR_CHECK(info, SENSORS_ATTR_ID))
		return ERR_PTR(-EINVAL);
#endif
	if (!id)
		return ERR_PTR(-EINVAL);
	for (i = 0; i < ARRAY_SIZE(sensors); i++)
		if (sensors[i].id == nla_get_u32(id))
			return &sensors[i];
	NL_SET_ERR_MSG_ATTR(info->extack, id, "no sensor has this number");
	return ERR_PTR(-ENOENT);
}

static int get_one(struct sk_buff *request, struct genl_info *info)
{
	struct sensor *sensor = find(info);
	struct sk_buff *skb;

	if (IS_ERR(sensor))
		return PTR_ERR(sensor);
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	mutex_lock(&lock);
	put_sensor(skb, sensor, info->snd_portid, info->snd_seq, 0);
	mutex_unlock(&lock);
	return genlmsg_reply(skb, info);
}

static int list(struct sk_buff *skb, struct netlink_callback *cb)
{
	void *header;

	mutex_lock(&lock);
	cb->seq = generation;
	for (; cb->args[0] < ARRAY_SIZE(sensors); cb->args[0]++) {
		header = put_sensor(skb, &sensors[cb->args[0]], NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, NLM_F_MULTI);
		if (!header)
			break;
		genl_dump_check_consistent(cb, header);
	}
	mutex_unlock(&lock);
	return skb->len;
}

static int set(struct sk_buff *request, struct genl_info *info)
{
	struct sensor *sensor = find(info);
	struct nlattr *limits[SENSORS_LIMIT_MAX + 1] = { NULL };
	struct sk_buff *skb;
	int err;

	if (IS_ERR(sensor))
		return PTR_ERR(sensor);
	if (info->attrs[SENSORS_ATTR_LIMITS]) {
		err = nla_parse_nested(limits, SENSORS_LIMIT_MAX, info->attrs[SENSORS_ATTR_LIMITS], limit_policy,
				       info->extack);
		if (err)
			return err;
	}
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;

	mutex_lock(&lock);
	if (info->attrs[SENSORS_ATTR_STATE])
		sensor->state = nla_get_u8(info->attrs[SENSORS_ATTR_STATE]);
	if (limits[SENSORS_LIMIT_LOW])
		sensor->low = nla_get_s32(limits[SENSORS_LIMIT_LOW]);
	if (limits[SENSORS_LIMIT_HIGH])
		sensor->high = nla_get_s32(limits[SENSORS_LIMIT_HIGH]);
	generation = generation + 1 ? : 1;
	put_sensor(skb, sensor, 0, 0, 0);
	mutex_unlock(&lock);
	/* That nobody listens is no error. */
	genlmsg_multicast_netns(&family, genl_info_net(info), skb, 0, 0, GFP_KERNEL);
	return 0;
}

static const struct genl_ops ops[] = {
	{ .cmd = SENSORS_CMD_GET, .doit = get_one, .dumpit = list },
	{ .cmd = SENSORS_CMD_SET, .doit = set, .flags = GENL_UNS_ADMIN_PERM },
};

static const struct genl_multicast_group groups[] = {
	{ .name = SENSORS_GROUP },
};

static struct genl_family family = {
	.name = SENSORS_GENL_NAME,
	.version = SENSORS_GENL_VERSION,
	.maxattr = SENSORS_ATTR_MAX,
	.policy = policy,
	.netnsok = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	/* All commands are checked strictly. */
	.resv_start_op = SENSORS_CMD_UNSPEC + 1,
#endif
};

static int __init sensors_init(void)
{
	return genl_register_family(&family);
}

static void __exit sensors_exit(void)
{
	genl_unregister_family(&family);
}

module_init(sensors_init);
module_exit(sensors_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sensors that are not there, for tests of netlink");
MODULE_ALIAS_GENL_FAMILY(SENSORS_GENL_NAME);
