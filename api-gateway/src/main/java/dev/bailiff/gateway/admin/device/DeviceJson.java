package dev.bailiff.gateway.admin.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.device.Device;

/** A device as the API shows it (admin-api 4.19). */
final class DeviceJson {

  private DeviceJson() {}

  /** The name is the one key that is not there when it is not set. */
  static ObjectNode of(Device device) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("device_id", device.deviceId());
    if (device.displayName() != null) {
      json.put("display_name", device.displayName());
    }
    return json.put("last_seen_ip", device.lastSeenIp())
        .put("last_seen_user_agent", device.lastSeenUserAgent())
        .put("last_seen_ts", device.lastSeenAt())
        .put("user_id", device.userId());
  }
}
