using System.Text.Json.Serialization;

namespace Accounts.Api.Passwords;

[JsonSerializable(typeof(PasswordChangeResponse))]
internal sealed partial class PasswordsJson : JsonSerializerContext;
