'use strict';
require('./express-app')(require('express'), { rejects: true });
