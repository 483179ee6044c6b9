/** Registration tokens (admin-api 5.38). */
@NullMarked
package dev.bailiff.gateway.admin.registration;

import org.jspecify.annotations.NullMarked;
