using System.Text.Json.Serialization;

namespace Accounts.Api.EndedSessions;

[JsonSerializable(typeof(EndedSessionsResponse))]
internal sealed partial class EndedSessionsJson : JsonSerializerContext;
