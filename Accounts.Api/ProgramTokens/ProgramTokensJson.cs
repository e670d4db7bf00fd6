using System.Text.Json.Serialization;

namespace Accounts.Api.ProgramTokens;

[JsonSerializable(typeof(PersonalTokenResponse[]))]
[JsonSerializable(typeof(NewPersonalTokenResponse))]
[JsonSerializable(typeof(MachineTokenResponse))]
internal sealed partial class ProgramTokensJson : JsonSerializerContext;
