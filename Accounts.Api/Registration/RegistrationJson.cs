using System.Text.Json.Serialization;

namespace Accounts.Api.Registration;

[JsonSerializable(typeof(VerificationCheckResponse))]
[JsonSerializable(typeof(RegisteredResponse))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
