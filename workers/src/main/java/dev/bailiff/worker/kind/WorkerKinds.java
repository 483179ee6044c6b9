package dev.bailiff.worker.kind;

import dev.bailiff.counting.KindCounters;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.Segment;
import dev.bailiff.schemas.kind.KindContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The kinds that this worker can do, with their stages. Found by {@link ServiceLoader}. Immutable.
 */
public final class WorkerKinds {
  private final Map<String, Known> byName = new TreeMap<>();

  private record Known(
      KindContract contract, KindDefinition definition, List<Stage> stages, List<String> names) {
    static Known of(
        KindContract contract,
        KindDefinition definition,
        KindCounters counters,
        StageServices services,
        UnaryOperator<Stage> guard) {
      var stages = new ArrayList<Stage>();
      stages.add(new ResolveStage(KindContract.RESOLVE, contract.targetType(), services));
      stages.add(new ResolveStage(KindContract.FIND, contract.targetType(), services));
      stages.add(DryRunStage.of(KindContract.DRY_RUN, contract.kind(), counters, services));
      stages.add(DryRunStage.weighing(services));
      stages.add(DryRunStage.of(KindContract.COUNT, contract.kind(), counters, services));
      var own = definition.stages(services);
      requireOtherNames(contract, stages, own);
      stages.addAll(own);
      stages.replaceAll(guard);
      return new Known(
          contract, definition, List.copyOf(stages), stages.stream().map(Stage::name).toList());
    }

    /** Of two stages with one name only the first would be known. */
    private static void requireOtherNames(
        KindContract contract, List<Stage> ofEveryKind, List<? extends Stage> own) {
      var taken = ofEveryKind.stream().map(Stage::name).toList();
      for (var stage : own) {
        if (taken.contains(stage.name())) {
          throw new IllegalStateException(
              contract.kind() + " has a stage with a name that every kind has: " + stage.name());
        }
      }
    }

    /** How many stages stand before those of the kind. */
    private static final int OF_EVERY_KIND = 5;

    private List<String> namesBehindResolve(Record parameters) {
      var first = names.indexOf(contract.firstStage(parameters, Integer.MAX_VALUE));
      return Stream.concat(
              Stream.of(KindContract.RESOLVE, KindContract.DRY_RUN),
              names.stream().skip(Math.max(OF_EVERY_KIND, first)))
          .toList();
    }
  }

  private final Homeserver homeserver;

  private WorkerKinds(Homeserver homeserver) {
    this.homeserver = homeserver;
  }

  /** Loads all kinds on the class path. */
  public static WorkerKinds load(StageServices services) {
    return load(services, UnaryOperator.identity());
  }

  /**
   * Loads all kinds on the class path.
   *
   * @param guard puts guard rails in front of a stage
   */
  public static WorkerKinds load(StageServices services, UnaryOperator<Stage> guard) {
    return of(
        ServiceLoader.load(KindDefinition.class).stream().map(ServiceLoader.Provider::get).toList(),
        services,
        KindContracts.load(),
        guard);
  }

  /** Holds the given kinds; each needs its contract on the class path. */
  public static WorkerKinds of(Collection<KindDefinition> definitions, StageServices services) {
    return of(definitions, services, KindContracts.load());
  }

  /** Holds the given kinds; each needs its contract among the given contracts. */
  public static WorkerKinds of(
      Collection<KindDefinition> definitions, StageServices services, KindContracts contracts) {
    return of(definitions, services, contracts, UnaryOperator.identity());
  }

  private static WorkerKinds of(
      Collection<KindDefinition> definitions,
      StageServices services,
      KindContracts contracts,
      UnaryOperator<Stage> guard) {
    var kinds = new WorkerKinds(services.homeserver());
    var counters = KindCounters.load();
    for (var definition : definitions) {
      var contract =
          contracts
              .find(definition.kind())
              .orElseThrow(
                  () -> new IllegalStateException("no contract of kind " + definition.kind()));
      kinds.byName.put(
          definition.kind(), Known.of(contract, definition, counters, services, guard));
    }
    return kinds;
  }

  /** The names of the kinds. */
  public List<JobKind> names() {
    return byName.keySet().stream().map(JobKind::new).toList();
  }

  /** Whether the kind needs the media folder, with the homeserver that there is. */
  public boolean needsMediaFolder(JobKind kind) {
    var known = byName.get(kind.name());
    return known != null
        && known.definition().needsMediaFolder()
        && homeserver.traits().needsMediaFolder();
  }

  /** Names of the stages of a kind, in order; empty if this worker does not know the kind. */
  public Optional<List<String>> stageNames(String kind) {
    return Optional.ofNullable(byName.get(kind)).map(Known::names);
  }

  /**
   * Names of the stages of a segment's job, in order. Behind the stage that resolves a filter, a
   * job goes on with the stage with which a job of many targets begins.
   */
  public List<String> stageNames(Segment segment) {
    var known = known(segment);
    var names =
        segment.stage().equals(KindContract.RESOLVE)
            ? known.namesBehindResolve(parameters(segment))
            : known.names();
    var optional = known.definition().optionalStages();
    return optional.isEmpty() || known.definition().needsOptionalStages(parameters(segment))
        ? names
        : names.stream()
            .filter(name -> !optional.contains(name) || name.equals(segment.stage()))
            .toList();
  }

  /**
   * The stage that a segment belongs to, found by its name. The stage exists: only workers that
   * know a stage open it and lease its segments.
   */
  public Stage stage(Segment segment) {
    return known(segment).stages().stream()
        .filter(stage -> stage.name().equals(segment.stage()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("stage " + segment.stage() + " is not known here"));
  }

  /** The parameters of a segment's job, as the record that the kind's contract names. */
  public Record parameters(Segment segment) {
    return KindContracts.parameters(known(segment).contract(), segment.job().parameters());
  }

  /** Whether stages may work in a transaction that is open already. */
  public boolean joinsTransactions() {
    return homeserver.traits().joinsTransactions();
  }

  private Known known(Segment segment) {
    var known = byName.get(segment.job().kind().name());
    if (known == null) {
      throw new IllegalStateException(
          "kind " + segment.job().kind() + " is not known to this worker");
    }
    return known;
  }
}
