package dev.bailiff.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. The production one asks the machine's resolver. */
@FunctionalInterface
public interface HostLookup {
  /** The machine's resolver. */
  HostLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** The addresses of a name, or of an address in text form. */
  List<InetAddress> find(String host) throws UnknownHostException;
}
