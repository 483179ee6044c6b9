package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.job.WorkerView;
import dev.bailiff.job.store.WorkerRegister;
import dev.bailiff.schemas.api.worker.WorkerPageReply;
import dev.bailiff.schemas.api.worker.WorkerReply;
import dev.bailiff.schemas.api.worker.WorkerSegmentReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The workers, and what each of them works on. */
@Path("/_bailiff/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkersResource {
  private final WorkerRegister register;

  public WorkersResource(WorkerRegister register) {
    this.register = register;
  }

  @GET
  @Needs(Scope.SERVER_READ)
  public WorkerPageReply list(@Context Call call) {
    var page = PageQuery.parse(call.query());
    var workers = register.list(page.cursor(WorkersResource::readCursor).orElse(""), page.limit());
    return new WorkerPageReply(
        workers.stream().map(WorkersResource::reply).toList(),
        page.next(workers, WorkersResource::writeCursor).orElse(null));
  }

  /** A name may have any letters, and a cursor has those of URLs. */
  private static String writeCursor(WorkerView last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.name().getBytes(StandardCharsets.UTF_8));
  }

  private static String readCursor(String cursor) {
    var name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    if (!StorableText.isStorable(name)) {
      throw new IllegalArgumentException("not a cursor");
    }
    return name;
  }

  private static WorkerReply reply(WorkerView worker) {
    return new WorkerReply(
        worker.name(),
        worker.release(),
        worker.startedAt(),
        worker.seenAt(),
        worker.leads(),
        Math.round(worker.rate() * 10) / 10.0,
        worker.slots(),
        worker.segments().stream().map(WorkersResource::reply).toList());
  }

  private static WorkerSegmentReply reply(WorkerView.HeldSegment segment) {
    return new WorkerSegmentReply(
        segment.job().toString(),
        segment.kind().name(),
        segment.stage(),
        segment.segment(),
        segment.leaseExpiresAt());
  }
}
