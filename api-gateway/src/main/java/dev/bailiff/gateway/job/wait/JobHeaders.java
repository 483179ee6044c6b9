package dev.bailiff.gateway.job.wait;

import dev.bailiff.job.JobId;
import jakarta.ws.rs.core.Response;

/** The headers by which a reply names its job. */
public final class JobHeaders {
  private static final String JOB = "Bailiff-Job";

  private JobHeaders() {}

  /** The path at which a job is read. */
  public static String location(JobId job) {
    return "/_bailiff/v1/jobs/" + job;
  }

  /** Adds the header that every reply about a job has. */
  public static Response.ResponseBuilder named(Response.ResponseBuilder response, JobId job) {
    return response.header(JOB, job.toString());
  }
}
