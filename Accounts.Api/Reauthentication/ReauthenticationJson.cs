using System.Text.Json.Serialization;

namespace Accounts.Api.Reauthentication;

[JsonSerializable(typeof(ReauthenticatedResponse))]
internal sealed partial class ReauthenticationJson : JsonSerializerContext;
