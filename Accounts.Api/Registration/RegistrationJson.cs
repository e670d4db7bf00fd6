using System.Text.Json.Serialization;

namespace Accounts.Api.Registration;

[JsonSerializable(typeof(VerificationCheckResponse))]
[JsonSerializable(typeof(RegisteredResponse))]
[JsonSerializable(typeof(CodeMailedResponse))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
