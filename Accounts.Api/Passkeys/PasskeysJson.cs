using System.Text.Json.Serialization;

namespace Accounts.Api.Passkeys;

[JsonSerializable(typeof(PasskeyRequestResponse))]
[JsonSerializable(typeof(PasskeyCreationResponse))]
[JsonSerializable(typeof(PasskeyResponse))]
[JsonSerializable(typeof(RelatedOriginsResponse))]
[JsonSerializable(typeof(PasskeyEndpointsResponse))]
internal sealed partial class PasskeysJson : JsonSerializerContext;
