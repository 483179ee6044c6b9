package dev.bailiff.standalone.audit;

/**
 * Parameters of {@code audit-rooms}.
 *
 * @param mostRooms a user in more rooms is left over
 * @param auditor a user of our own server
 */
public record AuditRoomsParameters(int mostRooms, String auditor) {}
