package dev.bailiff.homeserver.deactivation;

import dev.bailiff.homeserver.batch.Target;
import java.util.List;

/**
 * Users to close the accounts of (admin-api 4.7, steps 1 to 14 but for parting).
 *
 * @param users at most a batch
 * @param erase whether profiles go and the users are marked erased
 */
public record AccountClosing(List<Target> users, boolean erase) {}
