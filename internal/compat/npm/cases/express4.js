'use strict';
require('./express-app')(require('express4'), { rejects: false });
