package dev.bailiff.gateway.job.kind;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.job.submit.Admission;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The parts of all kinds on the class path in the acceptance of their jobs. */
public final class KindAcceptances implements Admission {
  private final Map<String, KindAcceptance<?>> byKind = new HashMap<>();
  private final Lookups lookups;
  private final LocalServer server;

  /**
   * Finds the parts by {@link ServiceLoader}.
   *
   * @throws IllegalStateException if a part fits no contract, or two parts are of one kind
   */
  public KindAcceptances(KindContracts contracts, Lookups lookups, LocalServer server) {
    this.lookups = lookups;
    this.server = server;
    for (KindAcceptance<?> kind : ServiceLoader.load(KindAcceptance.class)) {
      var contract = contracts.find(kind.kind());
      if (contract.isEmpty() || contract.get().parameters() != kind.parameters()) {
        throw new IllegalStateException(
            kind.getClass().getName() + " fits no contract of the kind " + kind.kind());
      }
      if (byKind.put(kind.kind(), kind) != null) {
        throw new IllegalStateException("two acceptances of the kind " + kind.kind());
      }
    }
  }

  @Override
  public void check(JobParameters parameters) {
    find(parameters).ifPresent(kind -> check(kind, parameters.values()));
  }

  @Override
  public void checkListed(JobParameters parameters, List<String> targets) {
    find(parameters).ifPresent(kind -> checkListed(kind, parameters.values(), targets));
  }

  @Override
  public Optional<TargetSnapshot> snapshot(JobParameters parameters) {
    return find(parameters).flatMap(kind -> snapshot(kind, parameters.values()));
  }

  private Optional<KindAcceptance<?>> find(JobParameters parameters) {
    return Optional.ofNullable(byKind.get(parameters.contract().kind()));
  }

  private <P extends Record> void check(KindAcceptance<P> kind, Record values) {
    kind.check(kind.parameters().cast(values), server, lookups);
  }

  private <P extends Record> void checkListed(
      KindAcceptance<P> kind, Record values, List<String> targets) {
    kind.checkListed(kind.parameters().cast(values), targets, lookups);
  }

  private <P extends Record> Optional<TargetSnapshot> snapshot(
      KindAcceptance<P> kind, Record values) {
    return kind.snapshot(kind.parameters().cast(values), lookups);
  }
}
