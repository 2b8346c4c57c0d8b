// An unparsable JSON file that nobody catches: the message names the file.
'use strict';

require('./fixtures/bad.json');
