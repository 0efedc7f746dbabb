# Routes of multicast packets, of both families, for as long as standard input is open: MRT_INIT, MRT_ADD_VIF, MRT_ADD_MFC
# of linux/mroute.h, and those of linux/mroute6.h, which have the same numbers. AF_INET6 is 10.
$| = 1;
sub index_of { open my $file, "<", "/proc/thread-self/net/dev_snmp6/$_[0]" or die; <$file> =~ /(\d+)/; $1 }
my ($in, $out) = (index_of("v0"), index_of("v1"));
socket(my $four, 2, 3, 2) or die;
setsockopt($four, 0, 200, pack("i", 1)) or die;
setsockopt($four, 0, 202, pack("SCCIIx4", 0, 8, 1, 0, $in)) or die;
setsockopt($four, 0, 202, pack("SCCIIx4", 1, 8, 1, 0, $out)) or die;
setsockopt($four, 0, 204, pack("C4C4SC32x2x16", 192, 0, 2, 77, 239, 1, 2, 3, 0, 0, 9)) or die;
socket(my $six, 10, 3, 58) or die;
setsockopt($six, 41, 200, pack("i", 1)) or die;
setsockopt($six, 41, 202, pack("SCCSx2I", 0, 0, 1, $in, 0)) or die;
setsockopt($six, 41, 202, pack("SCCSx2I", 1, 0, 1, $out, 0)) or die;
sub address { pack("SSIH32I", 10, 0, 0, $_[0], 0) }
setsockopt($six, 41, 204, address("20010db8" . "0" x 23 . "7") . address("ff0e" . "0" x 26 . "77") . pack("Sx2I8", 0, 2, (0) x 7)) or die;
print "y";
<STDIN>;
