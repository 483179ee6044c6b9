package dev.bailiff.homeserver.deactivation;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;

/**
 * Users whose accounts are to be closed (admin-api 4.7, steps 1 to 14 except parting).
 *
 * @param users at most a batch
 * @param erase whether profiles are deleted and the users are marked erased
 */
public record AccountClosing(List<Target> users, boolean erase) {}
