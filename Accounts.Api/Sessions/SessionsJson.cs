using System.Text.Json.Serialization;

namespace Accounts.Api.Sessions;

[JsonSerializable(typeof(RefreshResponse))]
internal sealed partial class SessionsJson : JsonSerializerContext;
