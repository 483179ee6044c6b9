/** The list of tasks that run in the background, which are jobs here (admin-api 5.24). */
@NullMarked
package dev.bailiff.gateway.admin.task;

import org.jspecify.annotations.NullMarked;
