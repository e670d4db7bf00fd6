using System.Text.Json.Serialization;

namespace Accounts.Api.Sessions;

[JsonSerializable(typeof(RefreshResponse)), JsonSerializable(typeof(SessionResponse)), JsonSerializable(typeof(SessionEndResponse))]
[JsonSerializable(typeof(ListedSessionResponse[])), JsonSerializable(typeof(LogoutAllResponse))]
internal sealed partial class SessionsJson : JsonSerializerContext;
