using System.Text.Json.Serialization;

namespace Accounts.Api.Registration;

[JsonSerializable(typeof(VerificationCheckResponse))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
