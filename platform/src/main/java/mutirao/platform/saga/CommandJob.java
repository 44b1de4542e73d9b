package mutirao.platform.saga;

import java.util.UUID;

/// A stored command: what db-scheduler keeps and hands out when it is due.
///
/// @param source   who sends it: `saga:<name>` or `prazo:<name>`
/// @param sequence the saga's id, or the aggregate's
/// @param type     `<context>.<Command>`
/// @param payload  the command as JSON
record CommandJob(
        String source,
        String sequence,
        String type,
        String payload,
        UUID organizationId,
        String correlationId,
        String causationId) {}
