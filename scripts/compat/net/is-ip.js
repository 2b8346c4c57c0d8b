// isIP and its kin, over many forms.
'use strict';

const net = require('net');

for (const text of ['127.0.0.1', '0.0.0.0', '255.255.255.255', '256.1.1.1', '1.2.3', '01.2.3.4', '1.2.3.4 ', '', 'x', '::', '::1', '2001:db8::1',
  '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1::2::3', 'fe80::1%eth0', '[::1]', ':::', '12345::', undefined, null, {}, 5]) {
  console.log(String(text), net.isIP(text), net.isIPv4(text), net.isIPv6(text));
}
