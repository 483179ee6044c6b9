/** Reports by users, on events and on other users (admin-api 5.36, 5.37). */
@NullMarked
package dev.bailiff.gateway.admin.report;

import org.jspecify.annotations.NullMarked;
