package dev.bailiff.schemas.api.device;

import java.util.List;

/**
 * All devices of a user (admin-api 4.19).
 *
 * @param total number of devices
 */
public record DeviceListReply(List<DeviceReply> devices, int total) {}
