using System.Text.Json.Serialization;

namespace Accounts.Api.Sessions;

[JsonSerializable(typeof(RefreshResponse)), JsonSerializable(typeof(SessionResponse)), JsonSerializable(typeof(SessionEndResponse))]
internal sealed partial class SessionsJson : JsonSerializerContext;
